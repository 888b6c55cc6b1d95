internal import Vocabulary

extension WhoamiEntry {
    /// The place in lines of name, value and source; a fault stands where its value would.
    var text: String {
        var rows: [(name: String, value: String, source: String)] = []
        if let target { rows.append(("target", target.escapedForTerminal, "")) }
        func add(_ name: String, _ said: Said?) {
            if let said { rows.append((name, said.value.escapedForTerminal, said.source)) }
        }
        add("destination", destination)
        add("endpoint", endpoint)
        add("region", region)
        add("addressing", addressing)
        add("profile", profile)
        if let credentials, let key = credentials.key {
            rows.append(("key", key.escapedForTerminal + (credentials.temporary == true ? " (temporary)" : ""), credentials.source))
        }
        if let store { rows.append(("store", store.name, "")) }
        if let bucket, bucket.answers {
            rows.append(("bucket", "answers" + (bucket.region.map { ", in the region \($0.escapedForTerminal)" } ?? ""), ""))
        } else if destination == nil, error == nil {
            rows.append(("bucket", "none named", ""))
        }
        let names = rows.map(\.name.count).max() ?? 0
        // One long value is not to push every source off the screen.
        let values = min(48, rows.filter { !$0.source.isEmpty }.map(\.value.count).max() ?? 0)
        var lines = rows.map { row in
            let line = pad(row.name, names) + "  " + (row.source.isEmpty ? row.value : pad(row.value, values) + "  " + row.source)
            return line
        }
        // The messages are escaped where they are made, and have several lines.
        lines += [error, credentials?.error.map { "key: " + $0 }, bucket?.error.map { "bucket: " + $0 }].compactMap(\.self)
        lines += warnings.map { "warning: " + $0 }
        return lines.joined(separator: "\n")
    }

    private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
}
