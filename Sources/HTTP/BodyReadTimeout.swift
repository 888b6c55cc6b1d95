/// A single read of a request's body took too long: the disk, or what stands in for it, does not answer.
public struct BodyReadTimeout: Error, CustomStringConvertible {
    /// The limit.
    public let limit: Duration

    /// The message.
    public var description: String { "nothing could be read for \(limit)" }
}
