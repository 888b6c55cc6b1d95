/// How large a picture is made. Widths and heights are pixels of the picture upright.
public struct RenderedSize: Sendable, Hashable, CustomStringConvertible {
    /// What becomes of a picture that has another shape than the box.
    public enum Shape: String, Sendable, Hashable, CaseIterable {
        /// It is as large as the box allows; nothing is cut off.
        case fit
        /// It fills the box; what sticks out at both sides is cut off equally.
        case fill
    }

    /// The box's width; nil where any is allowed.
    public let width: Int?
    /// The box's height; nil where any is allowed.
    public let height: Int?
    /// What becomes of a picture of another shape.
    public let shape: Shape
    /// Whether a picture smaller than the box is made larger.
    public let enlarges: Bool

    /// As large as the picture is.
    public static let original = RenderedSize()

    /// A box. Sides are 1 or more; a box with one side open keeps the aspect, so that `.fill` needs both, and is `.fit` without.
    public init(width: Int? = nil, height: Int? = nil, shape: Shape = .fit, enlarges: Bool = false) {
        self.width = width.map { max(1, $0) }
        self.height = height.map { max(1, $0) }
        self.shape = width == nil || height == nil ? .fit : shape
        self.enlarges = enlarges && (width != nil || height != nil)
    }

    /// Reads `256x256`, `256` (a square), `256x` or `x256` (one side open); nil where it is something else or beyond 100,000.
    public init?(_ text: some StringProtocol, shape: Shape = .fit, enlarges: Bool = false) {
        let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
        var numbers: [Int?] = []
        for side in sides {
            guard !side.isEmpty else {
                numbers.append(nil)
                continue
            }
            guard side.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(side), (1...100_000).contains(number) else {
                return nil
            }
            numbers.append(number)
        }
        switch numbers.count {
        case 1 where numbers[0] != nil: self.init(width: numbers[0], height: numbers[0], shape: shape, enlarges: enlarges)
        case 2 where numbers[0] != nil || numbers[1] != nil:
            guard shape == .fit || (numbers[0] != nil && numbers[1] != nil) else { return nil }
            self.init(width: numbers[0], height: numbers[1], shape: shape, enlarges: enlarges)
        default: return nil
        }
    }

    /// `fit 2048x2048`, `fill 256x256 enlarged`, `fit 800x`, or `original`.
    public var description: String {
        guard width != nil || height != nil else { return "original" }
        return "\(shape) \(width.map(String.init) ?? "")x\(height.map(String.init) ?? "")\(enlarges ? " enlarged" : "")"
    }
}
