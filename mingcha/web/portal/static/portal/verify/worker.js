import { openSession } from "./session.js";
import { serve } from "./serve.js";

serve(openSession);
