// glibc's settings of the heap, which its own module for Swift leaves out.
#include <malloc.h>
