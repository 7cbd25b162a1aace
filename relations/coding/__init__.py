"""Which acts does a sentence report?"""
