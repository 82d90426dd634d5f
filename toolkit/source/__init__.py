"""From files to a Lesson: strict reading, with a position for every node, and every problem in one run."""
