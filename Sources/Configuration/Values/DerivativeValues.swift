public import Picture
public import Vocabulary

/// One of the `derivatives`: which pictures are made of which photos.
public struct DerivativeValues: Sendable {
    /// `path`: a pattern for the photo's path below the source; nil for all photos.
    public var path: Glob?
    /// `size`: the box that the picture gets into.
    public var size: RenderedSize?
    /// `shape`: whether it fits into the box or fills it.
    public var shape: RenderedSize.Shape?
    /// `format`: what it is coded as; the key's end says the same.
    public var format: PictureFormat?
    /// `quality`: how well, from 1 to 100.
    public var quality: Int?
    /// `key`: its key, made from the photo's path.
    public var key: KeyTemplate?
    /// `metadata`: what it keeps of the photo's.
    public var metadata: KeptMetadata?
    /// `background`: what shows where the photo is transparent.
    public var background: RGBColour?

    /// Nothing said.
    public init() {}

    /// The kind of picture; nil where `problem` tells what is missing.
    var derivative: Derivative? {
        guard problem == nil, let size, let key else { return nil }
        return Derivative(
            of: path,
            Rendering(
                size: RenderedSize(width: size.width, height: size.height, shape: shape ?? .fit), format: key.format, quality: quality,
                background: background, metadata: metadata ?? .none),
            key: key)
    }

    /// What is missing or contradicts itself; nil where nothing does.
    var problem: String? {
        guard let size else { return "`size` is missing: the largest width and height in pixels, such as 400 or 2048x1365." }
        guard let key else { return "`key` is missing: what the pictures are called in the bucket, such as thumbs/{stem}.webp." }
        if let format, format != key.format {
            return "`format` is \(format.rawValue), and `key` ends in the name of another. Leave `format` out, or correct the key's end."
        }
        if shape == .fill, size.width == nil || size.height == nil { return "`shape: fill` needs a box with both sides, such as 400x300." }
        if quality != nil, key.format.defaultQuality == nil {
            return "`quality` means nothing for \(key.format.rawValue), which loses nothing."
        }
        return nil
    }
}

extension TargetSettings {
    /// The pictures that are made of photos and deployed beside them, in the order of the settings.
    public var derivatives: [Derivative] { (values.derivatives ?? []).compactMap(\.derivative) }
}
