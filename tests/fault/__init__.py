"""Does nothing get lost when things die?"""
