#define _GNU_SOURCE
#include "CFileSystem.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

const int snapsh_unnamed_file = O_TMPFILE;

int snapsh_clone_file(int destination, int source) { return ioctl(destination, FICLONE, source); }

ssize_t snapsh_copy_file_range(int source, off_t source_offset, int destination,
                               off_t destination_offset, size_t count) {
  return copy_file_range(source, &source_offset, destination, &destination_offset, count, 0);
}

off_t snapsh_seek_data(int file, off_t offset) { return lseek(file, offset, SEEK_DATA); }

off_t snapsh_seek_hole(int file, off_t offset) { return lseek(file, offset, SEEK_HOLE); }
