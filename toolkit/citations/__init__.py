"""Bibliography records in, citation and entry text out."""
