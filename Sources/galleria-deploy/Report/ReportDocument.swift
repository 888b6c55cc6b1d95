internal import Bucket
internal import Deploy
internal import Planning
internal import Vocabulary

/// What `--format json` prints: one object for the whole command. The names and their meanings stand in docs/report.md; names are added
/// without notice and changed or removed only with the schema's number.
struct ReportDocument: Encodable {
    static let schemaName = "galleria-deploy/report/1"

    let schema = ReportDocument.schemaName
    let program = "galleria-deploy \(Version.text)"
    let dryRun: Bool
    var exitStatus: Int32 = 0
    var targets: [Target] = []
    /// Why the command ended before any deploy began.
    var fault: String?

    init(dryRun: Bool) { self.dryRun = dryRun }

    /// One deploy.
    struct Target: Encodable {
        let target: String?
        let source: String
        let destination: String
        var publicAddress: String?
        let started: String
        var durationSeconds = 0.0
        var cors: CORS?
        var plan: PlanSummary?
        var totals: Totals?
        var files: [File] = []
        var warnings: [String] = []
        var errors: [Failure] = []
        /// What content delivery networks were told.
        var purges: [Purge]?
        /// Why the deploy ended before it changed anything.
        var fault: String?
    }

    /// What was found of the bucket's CORS rules.
    struct CORS: Encodable {
        /// A rule, under the names of S3's XML.
        struct Rule: Encodable {
            let id: String?
            let allowedOrigins: [String]
            let allowedMethods: [String]
            let allowedHeaders: [String]
            let exposeHeaders: [String]
            let maxAgeSeconds: Int?

            init(_ rule: CORSRule) {
                id = rule.id
                allowedOrigins = rule.allowedOrigins
                allowedMethods = rule.allowedMethods
                allowedHeaders = rule.allowedHeaders
                exposeHeaders = rule.exposeHeaders
                maxAgeSeconds = rule.maxAgeSeconds
            }
        }

        /// True where the bucket has rules.
        let configured: Bool
        /// True where they do not let browsers read the gallery.
        let needsUpdate: Bool
        let currentRules: [Rule]
        /// The rules that the bucket should have; the current ones where they suffice.
        let expectedRules: [Rule]

        init(current: [CORSRule], expected: [CORSRule]) {
            configured = !current.isEmpty
            needsUpdate = current != expected
            currentRules = current.map { Rule($0) }
            expectedRules = expected.map { Rule($0) }
        }
    }

    /// What was to be done.
    struct PlanSummary: Encodable {
        let uploads: Int
        let uploadSize: Int64
        let headerUpdates: Int
        let deletions: Int
        let unchanged: Int

        init(_ plan: Plan) {
            uploads = plan.uploads.count
            uploadSize = plan.uploadBytes
            headerUpdates = plan.headerUpdates.count
            deletions = plan.deletions.count
            unchanged = plan.unchangedCount
        }
    }

    /// What was done.
    struct Totals: Encodable {
        let totalFiles: Int
        let uploadedFiles: Int
        let skippedFiles: Int
        let failedFiles: Int
        /// New files whose bytes were copied on the server.
        let copiedFiles: Int
        let headerUpdates: Int
        let deletedObjects: Int
        let extraneousObjects: Int
        let leftOut: [String: Int]
        let actionsLeft: Int
        /// Of all deployed bytes, sent or not.
        let totalSize: Int64
        let uploadedSize: Int64
        /// Of all actions that were planned or failed before that.
        let percentComplete: Double
        /// Of all files that were looked at.
        let successRate: Double
        /// Megabits (10^6) of content a second, over the whole run.
        let uploadSpeedMbps: Double
        /// Photos that were sent with a corrected time; in a dry run, those that have one when deployed.
        let photosCorrected: Int
        let photosRefused: Int
        /// Pictures of `derivatives` that were made, need not be, and could not be; in a dry run, what would become of them.
        let picturesMade: Int
        let picturesKept: Int
        let picturesFailed: Int

        init(_ report: DeployReport, seconds: Double, isDryRun: Bool) {
            uploadedFiles = report.uploadedCount
            skippedFiles = report.unchangedCount + report.plan.existingCount
            failedFiles = report.failures.count
            copiedFiles = report.copiedCount
            headerUpdates = report.headerUpdateCount + report.adoptedCount
            totalFiles = uploadedFiles + copiedFiles + skippedFiles + failedFiles + headerUpdates
            deletedObjects = report.deletedCount
            extraneousObjects = report.extraneousCount
            leftOut = Dictionary(uniqueKeysWithValues: report.excluded.map { ($0.key.rawValue, $0.value) })
            actionsLeft = report.leftCount
            totalSize = report.plan.unchangedBytes + report.uploadedBytes
            uploadedSize = report.uploadedBytes
            let done = uploadedFiles + copiedFiles + headerUpdates + deletedObjects
            percentComplete = Self.percent(done, of: done + failedFiles + report.leftCount + report.deletionsSkipped)
            successRate = Self.percent(totalFiles - failedFiles, of: totalFiles)
            uploadSpeedMbps = seconds > 0 ? Self.rounded(Double(report.uploadedBytes) * 8 / 1e6 / seconds) : 0
            photosCorrected = isDryRun ? report.photos.correctedCount : report.sentCorrectedCount
            photosRefused = report.photos.refused.count
            picturesMade = report.derived.madeCount
            picturesKept = report.derived.keptCount
            picturesFailed = report.derived.failedCount
        }

        private static func percent(_ part: Int, of whole: Int) -> Double { whole == 0 ? 100 : rounded(Double(part) / Double(whole) * 100) }

        private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    }

    /// What became, or would become, of one file or object.
    struct File: Encodable {
        enum Action: String, Encodable {
            case upload
            case copy
            case headers
            case delete
        }

        let action: Action
        /// Below the source; nil for a deletion.
        var path: String?
        var key: String?
        let success: Bool
        /// True in a dry run: nothing was sent.
        let skipped: Bool
        var reason: String?
        var fileSize: Int64?
        /// SHA-256 of the deployed bytes, in hexadecimal.
        var checksum: String?
        var uploadTime: String?
        var error: String?
    }

    /// What a content delivery network was told.
    struct Purge: Encodable {
        let network: String
        /// How many paths or addresses it was to fetch anew.
        let paths: Int
        /// Why it was not told.
        let fault: String?
    }

    /// A path that failed.
    struct Failure: Encodable {
        let path: String
        let error: String
    }
}
