"""Shapes and words at places, without a format: measured in the page's own fonts, then written as SVG, HTML or PNG."""
