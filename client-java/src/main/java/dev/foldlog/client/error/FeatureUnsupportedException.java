package dev.foldlog.client.error;

/** The server lacks a feature; {@link dev.foldlog.client.Foldlog#storeInfo} lists those that it has. */
public final class FeatureUnsupportedException extends FoldlogException {
    FeatureUnsupportedException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The feature's name. */
    public String feature() {
        return details().text("feature");
    }
}
