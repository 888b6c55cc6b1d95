/// A limit on bytes a second that lets a quarter of a second's worth go at once. It may be overdrawn by one piece, which later ones wait for: so
/// the rate is kept on average whatever the size of the pieces.
struct TokenBucket {
    private let rate: Double
    private let capacity: Double
    private var balance: Double
    private var last: Int64

    /// Creates a full bucket; `rate` in bytes a second, `now` in nanoseconds.
    init(rate: Int, now: Int64) {
        self.rate = Double(max(rate, 1))
        capacity = self.rate / 4
        balance = capacity
        last = now
    }

    /// The most bytes to send in one piece: a twentieth of a second's worth, and no less than a page.
    var piece: Int { max(4096, Int(rate / 20)) }

    /// When something may be sent again, in nanoseconds; nil where it may be now.
    mutating func wait(now: Int64) -> Int64? {
        balance = min(capacity, balance + Double(now - last) / 1e9 * rate)
        last = now
        // Rounded up, so that at that time something may indeed be sent.
        return balance > 0 ? nil : now + Int64((1 - balance) / rate * 1e9) + 1
    }

    /// Takes `count` bytes out.
    mutating func charge(_ count: Int) { balance -= Double(count) }
}
