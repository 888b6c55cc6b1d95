/// What there is to say about a setting: its names, its shape, its meaning.
public struct SettingFacts: Sendable {
    /// Under which heading the manual and the template list a setting.
    public enum Section: String, Sendable, CaseIterable {
        /// What goes where.
        case place = "Place"
        /// How the deploy goes.
        case deploy = "Deploy"
        /// How files are named in the bucket.
        case layout = "Key layouts"
        /// What files must be to be sent.
        case uploadRules = "Checks before sending"
        /// What objects are stored with.
        case headers = "Headers and storage"
        /// What happens to photos.
        case photos = "Photos"
        /// What the bucket needs.
        case bucket = "Bucket"
        /// What stands between the bucket and visitors.
        case network = "Content delivery"
        /// What is told of runs that nobody watches.
        case unattended = "Unattended"
    }

    /// The key in the file.
    public let name: String
    /// The heading it stands under.
    public let section: Section
    /// What its values look like.
    public let shape: SettingShape
    /// What it means, in whole sentences.
    public let help: String
    /// What holds where nobody says anything, as text of the file or in words.
    public let standard: String?
    /// A value for the template, as text of the file; lines below the first are indented as below the key.
    public let example: String
    /// The option of the command line, `--jobs`, or the argument, `SOURCE`.
    public let flag: String?
    /// The environment variables that rank between the command line and the file.
    public let variables: [String]
    /// The environment variables that rank below the file: those of other tools, which a target is not to be redirected by.
    public let ambientVariables: [String]
}
