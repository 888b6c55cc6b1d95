/// How a run keeps others away from its destination.
public struct LockOptions: Sendable {
    /// Folders for the local lock, best first; the first that can be written to is taken. None where no local lock is wanted.
    public var folders: [LockFolder]
    /// How long another run is waited for; zero where it is not.
    public var wait: Duration
    /// True where a lock is kept in the bucket, too, which keeps away runs on other machines.
    public var isRemote: Bool
    /// For how long the lock in the bucket holds without being renewed. It is renewed four times in that time.
    public var lifetime: Duration
    /// Who locks.
    public var holder: LockHolder
    /// A name that no other run has, told from its lock in the bucket.
    public var token: String

    /// Creates options; without any, no lock is taken.
    public init(
        folders: [LockFolder] = [], wait: Duration = .zero, isRemote: Bool = false, lifetime: Duration = .seconds(120),
        holder: LockHolder = LockHolder(pid: 0, started: 0, host: ""), token: String = ""
    ) {
        self.folders = folders
        self.wait = wait
        self.isRemote = isRemote
        self.lifetime = lifetime
        self.holder = holder
        self.token = token
    }
}

/// A folder that local locks may lie in.
public struct LockFolder: Sendable, Hashable {
    /// Its path. It is made, with those above it, where it is missing.
    public let path: String
    /// True where others may write to the folder above it, so that it must be ours alone to be trusted.
    public let isShared: Bool

    /// Names a folder.
    public init(path: String, isShared: Bool) {
        self.path = path
        self.isShared = isShared
    }
}
