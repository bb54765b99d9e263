// Linux calls that glibc hides behind _GNU_SOURCE or a macro, so that Swift's Glibc module lacks
// them. Each answers -1 and sets errno as the call itself does.
#pragma once
#include <sys/types.h>

// The flag O_TMPFILE of open(2).
extern const int snapsh_unnamed_file;

// ioctl(FICLONE), see ioctl_ficlone(2): `destination` shares all blocks of `source` afterwards.
int snapsh_clone_file(int destination, int source);

// copy_file_range(2) at given offsets; the files' own offsets stay.
ssize_t snapsh_copy_file_range(int source, off_t source_offset, int destination,
                               off_t destination_offset, size_t count);

// lseek(2) with SEEK_DATA and SEEK_HOLE.
off_t snapsh_seek_data(int file, off_t offset);
off_t snapsh_seek_hole(int file, off_t offset);
