public import Photo

extension TargetSettings {
    /// The rules that correct this target's photos, in order; the last is the target's own correction, for photos that no rule matches.
    /// - Parameter times: What `CaptureTimesFile` read from `values.captureTimes`.
    public func captureRules(times: CaptureTimes = CaptureTimes()) -> CaptureRules {
        let own = ownCorrection
        var rules = (values.rules ?? []).map { rule in
            CaptureRule(
                path: rule.path, make: rule.make, model: rule.model, serial: rule.serial, from: rule.from, until: rule.until,
                correction: correction(of: rule), isOptional: rule.isOptional ?? false)
        }
        // A plain correction of all photos may well meet none; and one that changes nothing needs no row.
        if !own.isIdentity { rules.append(CaptureRule(correction: own, isOptional: true)) }
        return CaptureRules(rules, times: times)
    }

    private var ownCorrection: CaptureCorrection {
        CaptureCorrection(
            clockShift: values.clockShift ?? .zero, zone: values.timeZone ?? .keep, cameraZone: values.cameraZone,
            offsetSource: values.captureTime ?? .zone)
    }

    private func correction(of rule: RuleValues) -> CaptureCorrection {
        let own = ownCorrection
        return CaptureCorrection(
            clockShift: rule.clockShift ?? own.clockShift, zone: rule.timeZone ?? own.zone, cameraZone: rule.cameraZone ?? own.cameraZone,
            offsetSource: rule.captureTime ?? own.offsetSource)
    }

    /// Refuses corrections that contradict each other, and flags or variables that would correct what the file's rules already do.
    func checkCorrections() throws(ConfigurationError) {
        if let file, values.rules?.isEmpty == false || isFromFile("capture-times") {
            for name in ["clock-shift", "time-zone", "camera-zone", "capture-time"] {
                switch origin(of: name) {
                case .flag(let flag): throw .flagBesideRules(flag: flag, path: file)
                case .variable(let variable): throw .variableBesideRules(name: variable, path: file)
                case .file, .standard: break
                }
            }
        }
        if let problem = ownCorrection.contradiction {
            switch origin(of: "camera-zone") {
            case .file(let path, let position):
                throw .faults([ConfigurationFault(path: path, position: position, reason: .contradiction(problem))])
            default: throw .contradiction(problem)
            }
        }
        for rule in values.rules ?? [] {
            guard let problem = correction(of: rule).contradiction, let file else { continue }
            throw .faults([ConfigurationFault(path: file, position: rule.position, reason: .contradiction("in this rule, " + problem))])
        }
    }

    private func isFromFile(_ name: String) -> Bool {
        if case .file = origin(of: name) { true } else { false }
    }
}

extension CaptureCorrection {
    /// What contradicts what, nil where nothing does.
    fileprivate var contradiction: String? {
        guard isContradictory else { return nil }
        if offsetSource == .gps {
            return "camera-zone converts to time-zone, and capture-time: gps takes the offset from the photo. Choose one of them."
        }
        return
            "camera-zone says which zone times are converted from, but no time-zone says to which. Add time-zone: Europe/Stockholm or the like."
    }
}
