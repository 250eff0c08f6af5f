-- Passwords that were given to act as another: the wrong ones, and the right ones after those. Logins are told apart by a digest,
-- since one that no account has may be a password in the wrong place.

CREATE TABLE password_attempt (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    login_digest TEXT NOT NULL,
    login TEXT,
    os_user TEXT NOT NULL,
    is_right BOOLEAN NOT NULL
);
CREATE INDEX password_attempt_login_digest_at ON password_attempt (login_digest, at);
CREATE INDEX password_attempt_os_user_at ON password_attempt (os_user, at);
