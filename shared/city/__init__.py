"""What is true of one city: its departments, words, quarters and promises."""
