"""How are scores shown on a map?"""
