"""What can be loaded from a file. Reads and checks; an action writes what comes out."""
