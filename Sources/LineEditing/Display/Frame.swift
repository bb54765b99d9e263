/// A character with the marks that join it, as it stands on the terminal.
struct Cell: Equatable {
  var text: String
  var columns: Int
  var style: Style
}

struct Row: Equatable {
  var cells: [Cell] = []
  var columns = 0
}

struct Position: Equatable {
  var row: Int
  var column: Int
}

/// All that the editor shows at one time; row 0 is where the prompt begins.
struct Frame: Equatable {
  var rows: [Row]
  var cursor: Position
}
