/** Recordings in a bucket of anything that speaks S3. */
@NullMarked
package centralita.recording.s3;

import org.jspecify.annotations.NullMarked;
