"""Does the operator's command do what it says?"""
