package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.ErrorCause;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.UnknownParameter;
import io.github.purrtc.sctp.packet.UnrecognizedAction;
import io.github.purrtc.sctp.packet.UnrecognizedParameter;
import io.github.purrtc.sctp.packet.UnrecognizedParametersCause;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The parameters of INIT or INIT ACK that nothing here knows and that want to be reported: RFC 9260 §3.2.1, §3.2.2. */
record UnrecognizedParameters(List<Bytes> reported) {
    static UnrecognizedParameters of(List<Parameter> parameters) {
        List<Bytes> reported = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter instanceof UnknownParameter unknown) {
                UnrecognizedAction action = UnrecognizedAction.ofParameter(unknown.type());
                if (action.reports()) {
                    reported.add(wholeOf(unknown));
                }
                if (action.stops()) {
                    break;
                }
            }
        }
        return new UnrecognizedParameters(reported);
    }

    /** As many as fit in so many bytes: a reply is never larger than a packet. */
    List<Parameter> forInitAck(int maxLength) {
        List<Parameter> result = new ArrayList<>();
        int length = 0;
        for (Bytes parameter : reported) {
            UnrecognizedParameter report = new UnrecognizedParameter(parameter);
            length += report.length() + 3;
            if (length <= maxLength) {
                result.add(report);
            }
        }
        return result;
    }

    List<ErrorCause> forError(int maxLength) {
        List<ErrorCause> result = new ArrayList<>();
        int length = 0;
        for (Bytes parameter : reported) {
            UnrecognizedParametersCause report = new UnrecognizedParametersCause(parameter);
            length += report.length() + 3;
            if (length <= maxLength) {
                result.add(report);
            }
        }
        return result;
    }

    private static Bytes wholeOf(UnknownParameter parameter) {
        ByteBuffer out = ByteBuffer.allocate(parameter.length());
        parameter.write(out);
        return Bytes.copyOf(out.array());
    }
}
