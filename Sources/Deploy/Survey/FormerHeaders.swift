internal import Planning
internal import Vocabulary

/// Names of headers that runs of this state gave to objects because they were configured, now or earlier.
///
/// A header update keeps what others have put beside ours. What was ours and is configured no more is not others': it goes.
struct FormerHeaders: Sendable {
    /// The name under which the state keeps them.
    static let fact = "configured-headers"

    /// In lower case.
    let names: Set<String>

    /// Those of `rules`, and those that were remembered, one a line.
    init(_ rules: HeaderRules, remembered: String?) {
        let sets = [rules.common, rules.above] + rules.rules.map(\.headers) + rules.files.values
        names = Set(sets.flatMap { $0.fields.map(\.name) }.filter(Self.wouldStay))
            .union((remembered ?? "").split(separator: "\n").map(String.init).filter(Self.wouldStay))
    }

    /// What is to be remembered; nil where there is nothing.
    var text: String? { names.isEmpty ? nil : names.sorted().joined(separator: "\n") }

    /// True where an object has a header of this name because it was configured, and `wanted` has it no more.
    func isDropped(_ name: String, from wanted: HeaderSet) -> Bool { wanted[name] == nil && names.contains(name) }

    /// What a header update would keep. Storage classes and encryption are the store's: nobody who leaves them out means to undo them.
    private static func wouldStay(_ name: String) -> Bool {
        name.hasPrefix(HeaderSet.metadataPrefix) || name == HeaderSet.tagging || name == HeaderSet.redirect
    }
}
