"""Does a report reach its reporter?"""
