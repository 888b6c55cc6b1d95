internal import CDN
internal import Deploy
internal import State
internal import Vocabulary

/// What networks were not told yet, kept in the local state until they were.
struct PurgeDebt: Sendable {
    private static let fact = "cdn-owed"
    private let state: StateOptions?

    /// Where no state is kept nothing is remembered.
    init(_ state: StateOptions?) { self.state = state }

    /// True where what is owed outlasts the run.
    var isKept: Bool { state != nil }

    /// What is owed; nothing where that cannot be read.
    func read() -> PurgeList {
        guard let state, let database = try? StateDatabase(at: state.path, of: state.location),
            let text = try? StateReader(database).fact(Self.fact)
        else { return PurgeList() }
        return PurgeList(text: text)
    }

    /// Remembers what is owed; answers why that failed.
    func write(_ list: PurgeList) -> String? {
        guard let state else { return nil }
        do throws(StateError) {
            let writer = StateWriter(try StateDatabase(at: state.path, of: state.location))
            writer.record(.fact(name: Self.fact, value: list.text))
            return writer.finish().failure?.description
        } catch {
            return error.description
        }
    }
}
