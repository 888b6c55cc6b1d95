public import Vocabulary

/// Absolute capture times, by the photo's path below the source.
public struct CaptureTimes: Sendable, Hashable {
    /// One photo's time.
    public struct Row: Sendable, Hashable {
        /// The local time.
        public var time: CaptureTime
        /// The offset; nil leaves it to the rules' zone.
        public var offset: UTCOffset?

        /// Creates a row.
        public init(time: CaptureTime, offset: UTCOffset? = nil) {
            self.time = time
            self.offset = offset
        }
    }

    /// The rows by path.
    public var rows: [Key: Row]

    /// Creates a table.
    public init(_ rows: [Key: Row] = [:]) { self.rows = rows }

    /// True where no photo has a row.
    public var isEmpty: Bool { rows.isEmpty }
}
