"""How do events become scores?"""
