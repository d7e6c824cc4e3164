"""Does one service keep its promise on a real broker?"""
