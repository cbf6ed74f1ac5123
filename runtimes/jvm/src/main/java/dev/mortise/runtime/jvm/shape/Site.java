package dev.mortise.runtime.jvm.shape;

/**
 * A place in a plugin's source, for messages to its author.
 *
 * @param where such as {@code com.example.Demo.echo, parameter 'message'}
 */
public record Site(String where) {

    Site within(String part) {
        return new Site(where + ", " + part);
    }

    /**
     * An error at this place.
     *
     * @param remedy what the author is to do, in the imperative
     */
    public SignatureException error(String problem, String remedy) {
        return new SignatureException(where + ": " + problem + "; " + remedy);
    }
}
