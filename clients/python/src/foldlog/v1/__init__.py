"""The generated messages and stubs of the API; made by ./generate, never edited."""
