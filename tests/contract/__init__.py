"""Can we still read what was written?"""
