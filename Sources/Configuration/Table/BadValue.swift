/// A value that a setting refuses, in the words of the value's own reader.
struct BadValue: Error {
    let problem: String

    init(_ problem: String) { self.problem = problem }

    /// Runs another module's reader and keeps its words.
    static func wrap<Value, Failure: Error>(_ read: () throws(Failure) -> Value) throws(BadValue) -> Value {
        do { return try read() } catch { throw BadValue("\(error)") }
    }
}
