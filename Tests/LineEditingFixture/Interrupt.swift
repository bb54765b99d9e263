import Glibc

private let interruptPipe: (read: Int32, write: Int32) = {
  var ends: [Int32] = [-1, -1]
  pipe(&ends)
  return (ends[0], ends[1])
}()

/// Stands for a command that runs until Ctrl-C.
func waitForInterrupt() {
  let reader = interruptPipe.read
  signal(SIGINT) { _ in _ = write(interruptPipe.write, "x", 1) }
  say("pausing")
  var byte: UInt8 = 0
  while read(reader, &byte, 1) < 0, errno == EINTR {}
  say("sigint")
  signal(SIGINT, SIG_DFL)
}
