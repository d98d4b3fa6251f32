"""What a digest is chosen from: one module for each source, in order of use to the member."""
