package import SnapLanguage

/// Finds what can stand at a cursor, by the grammar, the commands' signatures and what is in
/// memory. Never asks the cloud; the only thing it may read is a folder, for a path.
package struct Completer: Sendable {
  package let signatures: @Sendable () -> [Signature]
  let variables: @Sendable () -> [String]
  let fields: @Sendable (String) -> VariableFields?
  let topics: [(name: String, about: String)]
  let index: SnapshotIndex
  let libraryFolder: String
  let now: @Sendable () -> Int

  /// `signatures` gives all commands, the session's functions among them; `variables`, the names of
  /// the session's variables; `fields`, what is known of one of them; `topics`, what `help` has pages of besides commands;
  /// `libraryFolder`, where the paths after `use` begin; `now`, microseconds since 1970, for ages.
  package init(
    signatures: @escaping @Sendable () -> [Signature],
    variables: @escaping @Sendable () -> [String],
    fields: @escaping @Sendable (String) -> VariableFields? = { _ in nil },
    topics: [(name: String, about: String)] = [], index: SnapshotIndex,
    libraryFolder: String = ".", now: @escaping @Sendable () -> Int
  ) {
    self.signatures = signatures
    self.variables = variables
    self.fields = fields
    self.topics = topics
    self.index = index
    self.libraryFolder = libraryFolder
    self.now = now
  }

  /// Whether the list of snapshots should be fetched anew.
  package var isStale: Bool { index.state.isStale(now: now()) }

  /// What can stand at `cursor`, an offset in Unicode scalars; the text after it does not count.
  package func complete(_ text: String, cursor: Int) -> CompletionResult {
    let head = String(text.unicodeScalars.prefix(max(0, cursor)))
    let end = head.unicodeScalars.count
    let source = SourceText(name: "<prompt>", text: head)
    let script = Parser.parse(source)
    guard let context = script.cursor, !script.endsInComment,
      let word = context.word(in: source)
    else { return CompletionResult(replacing: end..<end, candidates: []) }
    let place = Place(
      completer: self, context: context, word: word,
      signatures: signatures() + script.functions)
    let offer = place.offer()
    let start = end - source.text(context.range).unicodeScalars.count
    return CompletionResult(
      replacing: start..<end, candidates: Array(offer.candidates.prefix(Offer.most)),
      isCut: offer.isCut, note: offer.note)
  }
}

extension CursorContext {
  fileprivate func word(in source: SourceText) -> TypedWord? {
    if case .variable = place { return TypedWord(variable: source.text(range)) }
    return TypedWord(source.text(range))
  }
}

extension Script {
  fileprivate var endsInComment: Bool {
    marks.contains { mark in
      guard case .comment = mark.kind else { return false }
      return mark.range.upperBound == source.bytes.count
    }
  }

  /// The functions that the text itself declares, as commands.
  fileprivate var functions: [Signature] {
    code.statements.compactMap { statement in
      guard case .function(let function) = statement.kind else { return nil }
      return Signature(function)
    }
  }
}

extension Signature {
  fileprivate init(_ function: FunctionDeclaration) {
    let about = String(function.about.prefix { $0 != "\n" })
    self.init(
      function.name, group: .function, about: about.isEmpty ? "a function" : about,
      parameters: function.parameters.filter { !$0.isFlag }.map {
        Parameter(
          $0.label, $0.type ?? .any, required: $0.defaultValue == nil && !$0.isRest, rest: $0.isRest
        )
      },
      flags: function.parameters.filter(\.isFlag).map {
        Flag($0.label, $0.type ?? ($0.defaultValue == nil ? nil : .any))
      },
      input: .optional, effect: .read)
  }
}
