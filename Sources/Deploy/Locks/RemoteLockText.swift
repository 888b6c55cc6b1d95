/// What the lock in a bucket says: lines of a word and a value, for people and programs alike.
struct RemoteLockText: Hashable {
    /// The name that no other run has.
    let token: String
    let holder: LockHolder
    /// For how long it holds after it was last written.
    let lifetime: Duration
    /// How often it was renewed.
    let renewals: Int

    /// The text as bytes.
    var bytes: [UInt8] {
        Array(
            """
            galleria-deploy lock
            token \(token)
            pid \(holder.pid)
            started \(holder.started)
            host \(holder.host)
            milliseconds \(lifetime.components.seconds * 1000 + lifetime.components.attoseconds / 1_000_000_000_000_000)
            renewals \(renewals)

            """.utf8)
    }

    init(token: String, holder: LockHolder, lifetime: Duration, renewals: Int) {
        self.token = token
        self.holder = holder
        self.lifetime = lifetime
        self.renewals = renewals
    }

    /// Reads a lock; nil where it is none of ours.
    init?(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.first == "galleria-deploy lock" else { return nil }
        func value(_ name: String) -> Substring? {
            lines.first { $0.hasPrefix(name + " ") }.map { $0.dropFirst(name.count + 1) }
        }
        guard let token = value("token"), let pid = value("pid").flatMap({ Int32($0) }),
            let started = value("started").flatMap({ Int64($0) }),
            let milliseconds = value("milliseconds").flatMap({ Int64($0) }), milliseconds >= 0
        else { return nil }
        self.init(
            token: String(token), holder: LockHolder(pid: pid, started: started, host: value("host").map(String.init) ?? ""),
            lifetime: .milliseconds(milliseconds), renewals: value("renewals").flatMap { Int($0) } ?? 0)
    }
}
