internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

// What becomes of a decision: of most no more than a number.
extension Survey {
    /// A file that the state and the listing say is in the bucket as it would be deployed: nothing is made of it but a number.
    func noteUnchanged(
        _ file: LocalFile, _ remote: RemoteObject, _ known: Known, _ headers: HeaderKnowledge, _ surveyed: inout Surveyed
    ) {
        state.recorder?.noteUnchanged(file.path, remote, known.object)
        surveyed.plan.unchangedCount += 1
        surveyed.derived.noteUnsent(file, isMade: false)
        if options.uploadRules.duplicates != .ignore { surveyed.note(picture: file, known.fingerprint?.sha256) }
        surveyed.deployed?.add(file, size: remote.size, sha256: known.fingerprint?.sha256)
        if let fingerprint = known.fingerprint {
            surveyed.samples.offer(file.path, fingerprint.sha256, isSent: false)
            if fingerprint.isRefused { surveyed.photos.noteKnownRefusal(file.path) }
            surveyed.plan.unchangedBytes += fingerprint.deployedSize
        }
        if headers == .unknown { surveyed.plan.unknownHeaderCount += 1 }
    }

    func fold(_ settled: Settlement, into surveyed: inout Surveyed) {
        let file = settled.candidate.file
        state.recorder?.note(settled)
        // A photo that goes on to be sent is read and noted again then.
        var isSent = false
        if case .success(.upload) = settled.result { isSent = !settling.readsAllPhotos }
        if let note = settled.photo, !isSent {
            surveyed.photos.fold(note)
            observer.note(.photo(note))
        }
        if let alarm = settled.alarm { surveyed.alarms.append((file.path, alarm)) }
        if settled.wasAsked, case .success = settled.result { surveyed.watch.noteSuccess() }
        if options.uploadRules.duplicates != .ignore, case .success(let decision) = settled.result, !decision.isUpload {
            surveyed.note(picture: file, settled.sha256)
        }
        switch settled.result {
        case .success(.unchanged):
            surveyed.plan.unchangedCount += 1
            surveyed.derived.noteUnsent(file, isMade: settling.rerenders)
            surveyed.deployed?.add(file, size: settled.candidate.remote?.size ?? file.status.size, sha256: settled.sha256)
            if let sha256 = settled.sha256 { surveyed.samples.offer(file.path, sha256, isSent: false) }
            if settled.isKnownRefusal { surveyed.photos.noteKnownRefusal(file.path) }
            surveyed.plan.unchangedBytes += settled.deployedSize ?? file.status.size
            if settled.hasUnknownHeaders { surveyed.plan.unknownHeaderCount += 1 }
        case .success(.updateHeaders), .success(.adopt):
            guard let object = settled.candidate.remote, let sha256 = settled.sha256 else { break }
            if let reading = settled.reading { surveyed.readings[file.path] = reading }
            var isAdoption = false
            if case .success(.adopt) = settled.result { isAdoption = true }
            surveyed.plan.headerUpdates.append(PlannedHeaderUpdate(file: file, object: object, sha256: sha256, isAdoption: isAdoption))
        case .success(.upload(let reason)):
            if let reading = settled.reading { surveyed.readings[file.path] = reading }
            surveyed.plan.uploads.append(
                PlannedUpload(
                    file: file, reason: reason, deployedSize: settled.deployedSize, replacedSize: settled.candidate.remote?.size,
                    replacedETag: settled.candidate.remote?.etag))
        case .failure(let cause):
            surveyed.watch.note(cause)
            surveyed.derived.noteFailure(file)
            surveyed.outcomes.append(.failed(path: file.path.string.escapedForTerminal, cause))
        }
    }
}

extension Decision {
    /// True where the file is to be sent.
    fileprivate var isUpload: Bool { if case .upload = self { true } else { false } }
}
