import LineEditing

/// `--history FILE --editrc FILE --orders FIFO --editor LINE --plain-style --append WRITER`
struct FixtureOptions {
  var configuration = EditorConfiguration(program: "snapsh", editrc: nil)
  var history: String?
  var orders: String?
  var appending: String?

  init(_ arguments: some Collection<String>) {
    var rest = Array(arguments)[...]
    while let option = rest.popFirst() {
      switch option {
      case "--history": history = rest.popFirst()
      case "--editrc": configuration.editrc = rest.popFirst()
      case "--orders": orders = rest.popFirst()
      case "--append": appending = rest.popFirst()
      case "--editor": configuration.externalEditor = rest.popFirst() ?? ""
      case "--plain-style": configuration.usesStyles = false
      default: break
      }
    }
  }
}
