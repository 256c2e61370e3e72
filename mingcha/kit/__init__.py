"""Small things that would fit any project. Knows nothing of the domain."""
