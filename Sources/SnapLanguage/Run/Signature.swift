/// What a command is called with, what it does and how it is shown: parsing, checking, help,
/// completion and documentation all come from it.
package struct Signature: Sendable {
  package var name: String
  package var aliases: [String]
  package var group: Group
  /// One line, for lists of commands.
  package var about: String
  /// Paragraphs for the command's own help.
  package var details: String
  package var parameters: [Parameter]
  package var flags: [Flag]
  package var input: Input
  package var effect: Effect
  package var examples: [Example]
  package var columns: Columns
  /// The types of columns that come out, where they are known; any may be null all the same.
  package var columnTypes: [String: ValueType]
  /// What the command runs that stands behind its own flags, with arguments of its own; nil when its
  /// arguments are values.
  package var runs: Code?
  /// Whether the arguments are text, each as it was written, those with dashes too: the command reads
  /// them itself.
  package var takesWords = false

  package enum Code: Sendable {
    /// Nothing that changes the cloud.
    case reading
    case anything
  }

  package init(
    _ name: String, aliases: [String] = [], group: Group, about: String, details: String = "",
    parameters: [Parameter] = [], flags: [Flag] = [], input: Input = .none, effect: Effect,
    examples: [Example] = [], columns: Columns = .unknown,
    columnTypes: [String: ValueType] = [:], runs: Code? = nil
  ) {
    self.runs = runs
    self.name = name
    self.aliases = aliases
    self.group = group
    self.about = about
    self.details = details
    self.parameters = parameters
    self.flags = flags
    self.input = input
    self.effect = effect
    self.examples = examples
    self.columns = columns
    self.columnTypes = columnTypes
  }

  /// The kinds of commands, as help groups them.
  package enum Group: String, Sendable, CaseIterable {
    case read, change, rows, shell, plugin, function, alias
  }

  /// What is known about the columns of the rows that come out.
  package enum Columns: Sendable, Equatable {
    case unknown
    case fixed([String])
    case sameAsInput
    /// Those that its arguments name.
    case arguments
  }

  package enum Input: Sendable, Equatable {
    /// A pipe into the command is an error.
    case none
    case optional
    case required
  }

  package enum Effect: Sendable, Equatable {
    /// Depends on its arguments and input alone.
    case pure
    /// Asks the cloud or the machine, changes nothing.
    case read
    /// Changes something on this machine or waits; nothing in the cloud.
    case local
    /// Returns effects for the executor.
    case mutating
  }

  package struct Example: Sendable {
    package let code: String
    package let about: String
    package init(_ code: String, _ about: String) {
      self.code = code
      self.about = about
    }
  }
}

/// A positional argument.
package struct Parameter: Sendable {
  package var name: String
  package var type: ValueType
  package var about: String
  package var isRequired: Bool
  /// Takes all that is left.
  package var isRest: Bool
  package var defaultValue: Value?
  /// What the words of an enumeration mean, where that is worth telling.
  package var meanings: [String: String]
  /// What Tab offers beside what the type tells.
  package var candidates: Candidates?
  /// The type by which Tab offers values, for the words of the command before it; nil: its own.
  package var offeredType: (@Sendable (_ words: [String]) -> ValueType)?
  package init(
    _ name: String, _ type: ValueType, about: String = "", required: Bool = true,
    rest: Bool = false, default defaultValue: Value? = nil, meanings: [String: String] = [:]
  ) {
    self.name = name
    self.type = type
    self.about = about
    self.meanings = meanings
    isRequired = required && defaultValue == nil
    isRest = rest
    self.defaultValue = defaultValue
  }
}

/// An argument that is named by `--name`.
package struct Flag: Sendable {
  package var name: String
  package var short: Character?
  /// Nil for a switch, which takes no value.
  package var type: ValueType?
  package var about: String
  package var defaultValue: Value?
  /// Whether a call must have it.
  package var isRequired = false
  /// What Tab offers beside what the type tells.
  package var candidates: Candidates?
  package init(
    _ name: String, _ type: ValueType? = nil, short: Character? = nil, about: String = "",
    default defaultValue: Value? = nil
  ) {
    self.name = name
    self.short = short
    self.type = type
    self.about = about
    self.defaultValue = defaultValue
  }
}

/// Values for an argument that its command thinks of: for what was typed of it, and the words of the
/// command before it. It answers at once, or with nothing.
package typealias Candidates =
  @Sendable (_ typed: String, _ words: [String]) -> [(value: String, about: String)]

/// The type of a parameter or a variable.
package indirect enum ValueType: Sendable, Equatable {
  case any, bool, int, float, string, size, duration, datetime, record, block
  case snapshot, slice
  /// Names a column of the rows that are piped in.
  case column
  /// Names a file.
  case path
  /// Names a command.
  case command
  case list(ValueType)
  case oneOf([String])
  case optional(ValueType)
}

extension ValueType: CustomStringConvertible {
  /// The type as the language writes it.
  package var description: String {
    switch self {
    case .any: "any"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "string"
    case .size: "size"
    case .duration: "duration"
    case .datetime: "datetime"
    case .record: "record"
    case .block: "block"
    case .snapshot: "snapshot"
    case .slice: "slice"
    case .column: "column"
    case .path: "path"
    case .command: "command"
    case .list(let element): "list<\(element)>"
    case .oneOf(let words): "enum(\(words.joined(separator: "|")))"
    case .optional(let type): "\(type)?"
    }
  }
}
