/// What can go wrong with a request that changes something: the rows of the table of failures.
enum ChangeFault: CaseIterable {
  /// Never left.
  case refused
  /// The connection broke, and the cloud never saw it.
  case lost
  /// The cloud did it, and the answer was lost.
  case answerLost
  /// The client gave up, and the cloud does it up to 20 seconds later.
  case late
  /// 408 and 5xx; done or not, at once or late.
  case serverError
  case throttled
  case denied
  case unauthorized
  /// A proxy's page with 200; done or not.
  case webPage
  case redirect
  /// 202, and the connection broke in the body.
  case bodyCut
  case badJSON
  /// 202, and the cloud forgets it.
  case forgotten
  /// 202, and a created snapshot vanishes again.
  case vanishing
  /// Something between client and cloud sends it twice, the second time up to 5 seconds later.
  case doubled
}

/// What can go wrong with a read.
enum ReadFault: CaseIterable {
  case refused, reset, serverError, throttled, webPage, bodyCut, badJSON
  /// Pages have shifted: a row of the whole list is missing.
  case rowMissing
}
