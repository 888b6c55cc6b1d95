"""What make.py draws and writes with: only Python's standard library, and only arithmetic that is exact everywhere.

No sin, no exp, no zlib: their last bit depends on the machine, and the committed files have to come out byte for byte.
"""
