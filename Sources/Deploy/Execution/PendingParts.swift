internal import State
internal import Vocabulary

/// An upload in parts that an earlier run began, with what it is known to have sent.
struct PendingParts: Sendable {
    let upload: MultipartUpload
    let parts: [MultipartPart]
}
