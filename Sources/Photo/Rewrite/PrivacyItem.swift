/// What is removed from the deployed copy; nothing by default.
public enum PrivacyItem: String, Sendable, Hashable, CaseIterable {
    /// Where the photo was taken.
    case gps
    /// Serial numbers of body and lens.
    case serial
    /// The embedded thumbnail, which may show what was cropped away.
    case thumbnail
    /// Names of owner, photographer and artist.
    case owner
}
