"""From lessons to files: which targets there are, making each, and writing them whole."""
