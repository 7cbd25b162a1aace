"""What do all relations together look like?"""
