function f() { import { a } }
}
import a }
