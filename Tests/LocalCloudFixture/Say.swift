import Glibc

/// Prints a line at once: `print` keeps back what goes to a pipe.
func say(_ line: some CustomStringConvertible) {
  let bytes = Array("\(line)\n".utf8)
  _ = write(STDOUT_FILENO, bytes, bytes.count)
}
