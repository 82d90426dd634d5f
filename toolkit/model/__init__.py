"""The values everything else is made of. Nothing here reads a file or knows an output format."""
