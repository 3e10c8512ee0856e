"""The scenario file: its typed model, its loader and its linter."""
