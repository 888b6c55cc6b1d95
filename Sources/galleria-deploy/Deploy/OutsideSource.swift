internal import Glibc
internal import Vocabulary

/// Files that a run writes do not lie in its source: they would be published with it, and change while they are.
enum OutsideSource {
    /// Throws a fault of usage where `path`, the file that `what` names, lies in `source`.
    static func check(_ path: String, _ what: String, source: String) throws {
        guard !path.isEmpty, path.last != "/" else { throw Fault(.usage, "\(what) takes the path of a file.") }
        guard lies(path, in: source) else { return }
        throw Fault(
            .usage,
            "\(what): \(path.escapedForTerminal) lies in SOURCE (\(source.escapedForTerminal)) and would be published with it. Name a file elsewhere."
        )
    }

    /// True where `path`, or the nearest folder above it that exists, lies in `folder` once links are resolved.
    static func lies(_ path: String, in folder: String) -> Bool {
        guard let folder = resolved(folder) else { return false }
        var path = path.hasPrefix("/") ? path[...] : "./\(path)"
        while !path.isEmpty {
            if let real = resolved(String(path)) { return real == folder || real.hasPrefix(folder == "/" ? "/" : folder + "/") }
            path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        }
        return folder == "/"
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
