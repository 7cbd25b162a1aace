"""What does a reader without a browser get to read and to print?"""
