internal import Configuration
internal import S3
internal import State
internal import Vocabulary

/// What `history --format json` prints. The names stand in docs/report.md.
struct HistoryDocument: Encodable {
    let schema = "galleria-deploy/history/1"
    let program = "galleria-deploy \(Version.text)"
    let targets: [Target]

    struct Target: Encodable {
        let target: String?
        let source: String
        let destination: String
        let runs: [Run]

        init(_ job: DeploySettings.Job, _ runs: [Run]) {
            target = job.settings.target
            source = job.source
            destination = "\(job.address)"
            self.runs = runs
        }
    }

    struct Run: Encodable {
        let run: Int64
        let target: String?
        let started: String
        let durationSeconds: Double
        let exitStatus: Int32
        let uploadedFiles: Int
        let uploadedSize: Int64
        let copiedFiles: Int
        let headerUpdates: Int
        let deletedObjects: Int
        let skippedFiles: Int
        let failedFiles: Int
        let actionsLeft: Int
        let fault: String?
        var changes: [Change]?

        init(_ number: Int64, _ record: RunRecord) {
            run = number
            target = record.target
            started = UTCText.text(record.started)
            durationSeconds = Double(max(0, record.ended - record.started) / 1_000_000) / 1000
            exitStatus = record.exitStatus
            uploadedFiles = record.uploaded
            uploadedSize = record.bytes
            copiedFiles = record.copied
            headerUpdates = record.headerUpdates
            deletedObjects = record.deleted
            skippedFiles = record.unchanged
            failedFiles = record.failed
            actionsLeft = record.left
            fault = record.fault
        }
    }

    struct Change: Encodable {
        let action: String
        let path: String
        let reason: String?
        let fileSize: Int64?

        init(_ change: RunChange) {
            action = change.action
            path = change.key.string
            reason = change.reason
            fileSize = change.size
        }
    }
}
